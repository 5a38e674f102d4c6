"""Makes every_layer_keras.keras with Keras 3 itself: KERAS_BACKEND=jax python every_layer_keras.py

The n-th array of the model holds n, n + 1/1024, n + 2/1024 and so on; those of the optimizer go on from 100.
"""

import keras
import numpy as np
from keras import layers


def number(variables, start):
    for n, variable in enumerate(variables, start):
        size = int(np.prod(variable.shape))
        variable.assign((n + np.arange(size) / 1024).reshape(variable.shape))


picture = keras.Input((12, 10, 3), name="pictures")
x = layers.ZeroPadding2D(((1, 0), (2, 1)))(picture)
x = layers.Conv2D(4, (3, 2), strides=(2, 1), padding="same", name="stem", kernel_initializer="he_normal")(x)
x = layers.BatchNormalization(momentum=0.9)(x)
x = layers.Activation("relu")(x)
seeded = keras.initializers.GlorotUniform(seed=7)
y = layers.Conv2D(4, 1, use_bias=False, activation="tanh", kernel_initializer=seeded, kernel_regularizer="l2")(x)
y = layers.Dropout(0.25)(y)
x = layers.Add()([x, y])
x = layers.MaxPooling2D(2, padding="same")(x)
x = layers.AveragePooling2D(2, strides=1)(x)
a = layers.GlobalAveragePooling2D()(x)
b = layers.GlobalMaxPooling2D()(x)
c = layers.Dense(4, name="features")(layers.Flatten()(x))
x = layers.Add(name="three")([a, b, c])
x = layers.Dense(3, activation="softmax")(x)
model = keras.Model(picture, x, name="every_layer")
model.compile(keras.optimizers.Adam(0.002), "categorical_crossentropy", metrics=["accuracy"])
model.fit(np.zeros((8, 12, 10, 3)), np.eye(3)[[0, 1, 2, 0, 1, 2, 0, 1]], batch_size=4)
number(model.weights, 0)
number(model.optimizer.variables[2:], 100)
model.save("every_layer_keras.keras")
